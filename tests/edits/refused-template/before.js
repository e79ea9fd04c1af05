var config = {
    a: {{ value }},
};
