/** A public SSH key of the user on this computer. */
export interface PublicKey {
  /** Of its file: "id_ed25519.pub". */
  readonly name: string
  /** As an authorized_keys file has it. */
  readonly line: string
}
