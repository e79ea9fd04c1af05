var config = {
    a: 1
    <!--# set var="x" value="y" -->
    b: 2,
};
