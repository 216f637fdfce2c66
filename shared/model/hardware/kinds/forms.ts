/** Forms of names and numbers that the hypervisor takes no others of. */
type TextForm = {
  readonly maxLength: number
  readonly isMono?: boolean
  readonly form: { readonly pattern: RegExp; readonly otherwise: string }
}

export const variableName: TextForm = {
  maxLength: 255,
  isMono: true,
  form: {
    pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
    otherwise: 'Use letters, digits and "_", not beginning with a digit',
  },
}

/** A user or group, or its number. */
export const accountName: TextForm = {
  maxLength: 100,
  form: { pattern: /^[a-zA-Z0-9_+-]+$/, otherwise: 'Use letters, digits, "_", "+" and "-"' },
}

export const deviceAlias: TextForm = {
  maxLength: 100,
  isMono: true,
  form: { pattern: /^[a-zA-Z0-9_.-]+$/, otherwise: 'Use letters, digits, "_", "." and "-"' },
}

/** The date of SMBIOS tables. */
export const americanDate: TextForm = {
  maxLength: 10,
  form: {
    pattern: /^(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])\/\d{4}$/,
    otherwise: 'Enter month, day and year such as 11/23/2025',
  },
}

/** Bus and device of USB. */
export const busAndDevice: TextForm = {
  maxLength: 20,
  isMono: true,
  form: { pattern: /^\d{1,3}[.:/]\d{1,3}$/, otherwise: 'Enter two numbers such as 1.4' },
}

/** Bus and port of USB. */
export const busAndPort: TextForm = {
  maxLength: 40,
  isMono: true,
  form: { pattern: /^\d{1,3}-\d{1,3}(\.\d{1,3}){0,3}$/, otherwise: 'Enter numbers such as 1-2.3' },
}

/** What QEMU keeps free for others (docs/specs/fw_cfg.txt); its own and the firmware's names libvirt refuses. */
export const firmwareName: TextForm = {
  maxLength: 55,
  isMono: true,
  form: {
    pattern: /^opt\/(?!ovmf\/|org\.qemu\/)[\x21-\x7e]+$/,
    otherwise:
      'Use a name that begins with "opt/" and a domain name turned round, such as opt/org.example/config',
  },
}
