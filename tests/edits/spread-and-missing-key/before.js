var config = {
    ...base
};
