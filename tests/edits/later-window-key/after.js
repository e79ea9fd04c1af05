var config = {
    a: 1,
};
window.config.a = 3;
