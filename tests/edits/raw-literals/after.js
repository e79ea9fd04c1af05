var config = {
    a: 0x1F,
    b: null,
    c: /a\/b/i,
    d: undefined,
    e: [ 1, { x: 'y' } ],
};
