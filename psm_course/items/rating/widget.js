PSM.item('rating', ({one}) => one);
