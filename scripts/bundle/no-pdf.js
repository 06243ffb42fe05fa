/** The writer of PDF where the fonts are not packed that it needs: nobody gets here, since they are asked for first. */
export function openPdf() {
  throw new Error('PDF is written by the command line as it is installed by itself.');
}
