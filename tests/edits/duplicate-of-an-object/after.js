var config = {
    a: { x: 1 },
    a: { y: 2, x: 3 },
};
