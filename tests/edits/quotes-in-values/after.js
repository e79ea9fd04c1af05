var config = {
    a: 'it\'s "so"',
    b: "it's \"so\"",
    d: 'e',
};
