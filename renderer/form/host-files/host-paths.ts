/** Paths of a host, which is never Windows. */
export function inFolder(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** "/", "/var", "/var/lib", each with what to call it. */
export function stepsTo(path: string): { readonly label: string; readonly path: string }[] {
  const parts = path.split('/').filter((part) => part !== '')
  return [
    { label: '/', path: '/' },
    ...parts.map((label, at) => ({ label, path: `/${parts.slice(0, at + 1).join('/')}` })),
  ]
}
