var config = {
    b: 1,
    a: {
    x: 1,
    y: [
        'z'
    ]
},
};
