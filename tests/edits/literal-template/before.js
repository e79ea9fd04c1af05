var config = {
    a: `old`,
};
