var config = {
    a: 3,
    c: 4,
    <!--# set var="x" value="y, z" -->
    <!--# config errmsg="" -->
};
