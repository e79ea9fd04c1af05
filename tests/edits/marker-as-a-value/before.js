var config = {
    a: <!--# echo var="a" default="1" -->,
    b: 1
};
