import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Chromium with a font that phones have, for pictures only: what a bare machine has instead is a tenth wider than any
 * phone's, and nobody would see the screens as they are. The files come by the registry and are given to nobody.
 *
 * @returns the environment that such a browser starts in
 */
export function withPictureFont(): Record<string, string> {
  const files = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/roboto/package.json'));
  const folder = join(root, '.cache', 'pictureFont');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'fonts.conf');
  const instead = ['system-ui', 'sans-serif']
    .map(
      (name) => `<match target="pattern"><test name="family"><string>${name}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Roboto</string></edit></match>`,
    )
    .join('\n');
  writeFileSync(
    path,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>${files}</dir>
<cachedir>${folder}</cachedir>
<selectfont><rejectfont><glob>${files}/*_Italic*</glob></rejectfont></selectfont>
${instead}
</fontconfig>
`,
  );
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(own), FONTCONFIG_FILE: path };
}
