var config = {
    a: "<\/script>",
};
