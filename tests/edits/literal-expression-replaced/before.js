var config = {
    a: 16 / 9,
    b: 'x' + 'y',
    c: window.location.hostname,
};
