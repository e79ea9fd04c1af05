var config = {
    a: { x: 1 },
    a: { y: 2 },
};
