/** The server looked at what we gave it and said no. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly reason: string) {
    super(reason === '' ? 'The VNC server refused us' : reason)
  }
}
