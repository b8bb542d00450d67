// node fill.js FROM TO CELL VALUE: what a page of an office's own system does with a form.
const { Workbook } = require('exceljs');

async function main([from, to, cell, value]) {
  const book = new Workbook();
  await book.xlsx.readFile(from);
  book.worksheets[0].getCell(cell).value = isNaN(value) ? value : Number(value);
  await book.xlsx.writeFile(to);
}

main(process.argv.slice(2)).catch(error => { console.error(error); process.exit(1); });
