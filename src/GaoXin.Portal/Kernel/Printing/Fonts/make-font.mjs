// Makes NotoSansSC-Regular.ttf.br again: every Latin, Chinese (basic plane and rare extensions) and punctuation glyph
// of Noto Sans SC without hints and layout tables, Brotli-packed. Needed only when the font changes:
//   npm install --no-save subset-font@2.9.0 @expo-google-fonts/noto-sans-sc@0.4.3 && node make-font.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const subset = require('subset-font');
const source = readFileSync(require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
const ranges = [
  [0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2027], [0x2030, 0x203b], [0x2460, 0x2473], [0x3000, 0x3017], [0xff01, 0xff5e],
  [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0x20000, 0x323af],
];
let text = '〓¥￥×℃㎡ⅠⅡⅢⅣⅤ';
for (const [first, last] of ranges)
  for (let point = first; point <= last; point++) text += String.fromCodePoint(point);
const font = await subset(source, text, {
  noHinting: true,
  noLayoutClosure: true,
  dropTables: ['GSUB', 'GPOS', 'GDEF', 'BASE', 'STAT', 'vhea', 'vmtx', 'VORG', 'prep', 'gasp'],
});
const packed = brotliCompressSync(font, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
writeFileSync(new URL('NotoSansSC-Regular.ttf.br', import.meta.url), packed);
console.log(`${font.length} bytes, packed ${packed.length}`);
