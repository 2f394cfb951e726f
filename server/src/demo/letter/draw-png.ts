import { crc32, deflateSync } from 'node:zlib';
import type { Chance } from '../chance.ts';

const WIDTH = 320;
const HEIGHT = 240;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A small "photo": a dish on a table, with a crack across it. Drawn, never taken. */
export function drawPng(chance: Chance): Buffer {
  const hue = chance.between(0, 2);
  const radius = chance.between(60, 90);
  const centre = { x: chance.between(140, 180), y: chance.between(110, 130) };
  const slope = (chance.next() - 0.5) * 1.2;
  const rows: Buffer[] = [];
  for (let y = 0; y < HEIGHT; y += 1) {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x += 1) {
      const away = Math.hypot(x - centre.x, y - centre.y);
      const isCrack = away < radius && Math.abs(y - centre.y - slope * (x - centre.x)) < 1.2;
      row.set(isCrack ? [92, 84, 78] : colourAt(away / radius, hue, x + y), 1 + x * 3);
    }
    rows.push(row);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header()),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND'),
  ]);
}

function colourAt(away: number, hue: number, shade: number): [number, number, number] {
  if (away > 1) return [176 - (shade % 9), 148 - (shade % 7), 118 - (shade % 5)];
  const light = away > 0.86 ? 226 : 206 - Math.round(away * 18);
  const tint = [light - 30, light, light - 14];
  return [tint[hue] ?? light, tint[(hue + 1) % 3] ?? light, tint[(hue + 2) % 3] ?? light];
}

function header(): Buffer {
  const fields = Buffer.alloc(13);
  fields.writeUInt32BE(WIDTH, 0);
  fields.writeUInt32BE(HEIGHT, 4);
  // Eight bits for each of red, green and blue.
  fields.set([8, 2, 0, 0, 0], 8);
  return fields;
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(8 + named.length);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), 4 + named.length);
  return framed;
}
