var config = {
    a: '👋🏽 héllo',
};
