var config = {
    a: 1,
    <!--# set var="x" value="y, z" -->
    b: 2,
    <!--# config errmsg="" -->
};
