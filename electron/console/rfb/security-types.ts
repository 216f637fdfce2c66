/** Numbers of ways to sign in (https://www.iana.org/assignments/rfb; QEMU's are in ui/vnc.h and ui/vnc-auth-vencrypt.c). */
export const security = { none: 1, vnc: 2, veNCrypt: 19, sasl: 20 } as const

/** What we speak, best first. */
export const spokenTypes = [security.veNCrypt, security.sasl, security.vnc, security.none] as const

export const veNCrypt = {
  plain: 256,
  x509None: 260,
  x509Vnc: 261,
  x509Plain: 262,
  x509Sasl: 263,
} as const

/** TLS without certificates is spoken by no TLS library that Electron has: it would encrypt for whoever is on the way. */
export const spokenSubtypes = [
  veNCrypt.x509Sasl,
  veNCrypt.x509Plain,
  veNCrypt.x509Vnc,
  veNCrypt.x509None,
] as const

const typeNames: Readonly<Record<number, string>> = {
  5: 'RealVNC (RA2)',
  6: 'RealVNC (RA2ne)',
  13: 'RealVNC (RA2)',
  16: 'TightVNC',
  17: 'UltraVNC',
  18: 'TLS without certificates',
  21: 'MD5',
  22: 'XVP',
  23: 'Secure Tunnel',
  24: 'SSH',
  30: 'Apple Remote Desktop',
  31: 'Apple Remote Desktop',
  32: 'Apple Remote Desktop',
  33: 'Apple Remote Desktop',
  35: 'Apple Kerberos',
  36: 'Apple Remote Desktop',
  113: 'Microsoft accounts (UltraVNC)',
  129: 'RealVNC (RA2 256)',
  130: 'RealVNC (RA2ne 256)',
}

const subtypeNames: Readonly<Record<number, string>> = {
  256: 'name and password without encryption',
  257: 'TLS without certificates',
  258: 'TLS without certificates and a password',
  259: 'TLS without certificates, name and password',
  264: 'TLS without certificates and SASL',
}

export function nameOfType(type: number): string {
  return typeNames[type] ?? `number ${type}`
}

export function nameOfSubtype(subtype: number): string {
  return subtypeNames[subtype] ?? `VeNCrypt number ${subtype}`
}
