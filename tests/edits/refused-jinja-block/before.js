{% if a %}
var config = {
    a: 1,
};
{% endif %}
