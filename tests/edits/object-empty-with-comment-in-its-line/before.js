var config = { // nothing
};
