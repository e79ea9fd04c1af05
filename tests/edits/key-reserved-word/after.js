var config = {
    default: 2,
    class: 3,
};
