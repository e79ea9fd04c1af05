var config = {
    a: '{{ name }}',
};
