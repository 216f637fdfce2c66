/** The parts of noVNC 1.7 that are used; the package ships no types. See its docs/API.md. */
declare module '@novnc/novnc' {
  export interface RfbCredentials {
    readonly username?: string
    readonly password?: string
    readonly target?: string
  }

  export interface RfbEvents {
    connect: CustomEvent<Record<string, never>>
    disconnect: CustomEvent<{ readonly clean: boolean }>
    credentialsrequired: CustomEvent<{ readonly types: readonly (keyof RfbCredentials)[] }>
    securityfailure: CustomEvent<{ readonly status: number; readonly reason?: string }>
    serververification: CustomEvent<{ readonly type: string }>
    clipboard: CustomEvent<{ readonly text: string }>
    desktopname: CustomEvent<{ readonly name: string }>
  }

  /** One connection to one VNC server; it starts in the constructor and is never used again once it ended. */
  export default class RFB {
    constructor(
      target: HTMLElement,
      channel: object,
      options?: { readonly shared?: boolean; readonly credentials?: RfbCredentials },
    )
    background: string
    clipViewport: boolean
    compressionLevel: number
    focusOnClick: boolean
    qualityLevel: number
    resizeSession: boolean
    scaleViewport: boolean
    showDotCursor: boolean
    viewOnly: boolean
    blur(): void
    clipboardPasteFrom(text: string): void
    disconnect(): void
    focus(options?: FocusOptions): void
    getImageData(): ImageData
    sendCredentials(credentials: RfbCredentials): void
    sendKey(keysym: number, code: string, down?: boolean): void
    toBlob(callback: (blob: Blob | null) => void, type?: string): void
    addEventListener<K extends keyof RfbEvents>(type: K, listener: (event: RfbEvents[K]) => void): void
  }
}
