var config = {
    a: [
    ],
};
