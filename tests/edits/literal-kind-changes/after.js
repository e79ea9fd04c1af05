var config = {
    a: [ 1, 2 ],
    b: 'three',
    c: false,
};
