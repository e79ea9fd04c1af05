var config = {
    a: '',
};
