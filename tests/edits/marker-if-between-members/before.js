var config = {
    a: 1,
    <!--# if expr="$host = x" -->
    b: 2,
    <!--# else -->
    b: 3,
    <!--# endif -->
};
