PSM.item('choice', ({fraction, has}) => ({
  first: 'Pilih satu jawaban',
  mark: ({credit, critical}, response) => has(credit, response) && [...fraction(credit[response]), critical.includes(response)],
}));
