var config = {
    // The link.
    // a: 'https://example.org',

    b: 1,
};
