var config = {
    default: 1,
};
