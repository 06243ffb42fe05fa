import path from 'node:path';

const modules = path.join(import.meta.dirname, '../node_modules');

/** Fonts that pictures are measured and painted with; the last has the scripts that the others lack, Arabic and Hebrew among them. */
export const FONT_FILES = {
  regular: path.join(modules, '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  bold: path.join(modules, '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  others: path.join(modules, 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
} as const;

/** Further fonts that documents are set in: for emphasis, and for names and code. */
export const DOCUMENT_FONT_FILES = {
  italic: path.join(modules, '@expo-google-fonts/inter/400Regular_Italic/Inter_400Regular_Italic.ttf'),
  mono: path.join(modules, 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
} as const;
