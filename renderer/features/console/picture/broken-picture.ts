/** The event of a canvas whose picture cannot be drawn: the server sends what makes no sense. */
export const brokenPicture = 'brokenpicture'
