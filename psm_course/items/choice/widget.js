PSM.item('choice', ({one}) => one);
