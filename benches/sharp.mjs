// The pictures of a brand as `sharp` makes them: `node sharp.mjs SOURCE FOLDER`.
//
// Lossless PNG at the highest level of compression; nothing that makes it lossy. The icon is put together by hand,
// because sharp writes none.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sharp = createRequire(join(process.env.SHARP, 'package.json'))('sharp');
const [source, folder] = process.argv.slice(2);
const blue = { r: 23, g: 160, b: 219, alpha: 1 };
const clear = { r: 0, g: 0, b: 0, alpha: 0 };

function picture(width, height, inner, background) {
    const [wide, high] = [Math.round(width * inner), Math.round(height * inner)];
    const side = Math.round(Math.min(width, height) * inner);
    const fitting = inner === 1 ? [wide, high] : [side, side];
    let image = sharp(source)
        .trim({ threshold: 2 })
        .resize(...fitting, { fit: 'contain', background: clear })
        .extend({
            left: Math.floor((width - fitting[0]) / 2), right: Math.ceil((width - fitting[0]) / 2),
            top: Math.floor((height - fitting[1]) / 2), bottom: Math.ceil((height - fitting[1]) / 2),
            background: clear,
        });
    if (background) {
        image = image.flatten({ background });
    }
    return image.png({ compressionLevel: 9 }).toBuffer();
}

function icon(pictures) {
    const header = Buffer.from([0, 0, 1, 0, pictures.length, 0]);
    let start = 6 + 16 * pictures.length;
    const entries = pictures.map(([size, png]) => {
        const entry = Buffer.alloc(16);
        entry.set([size, size, 0, 0, 1, 0, 32, 0]);
        entry.writeUInt32LE(png.length, 8);
        entry.writeUInt32LE(start, 12);
        start += png.length;
        return entry;
    });
    return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)]);
}

const wanted = [
    picture(180, 180, 0.8, blue), picture(192, 192, 1), picture(512, 512, 1), picture(512, 512, 0.56, blue),
    picture(284, 128, 1), picture(1200, 630, 0.6, blue),
    ...[16, 32, 48].map((size) => picture(size, size, 1)),
];
const made = await Promise.all(wanted);
made.slice(0, 6).forEach((png, at) => writeFileSync(join(folder, `${at}.png`), png));
writeFileSync(join(folder, 'favicon.ico'), icon([16, 32, 48].map((size, at) => [size, made[6 + at]])));
