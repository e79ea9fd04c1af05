var config = {
};
