var config = {
    a: 'text',
    b: 3,
    c: [ 1 ],
};
