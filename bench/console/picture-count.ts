/** As many different pictures come in turn. */
export const pictureCount = 4
