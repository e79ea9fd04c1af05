var config = {
    // The link.
    // a: 'https://example.org',
    a: 'x',

    b: 1,
};
