import type { SeedFile } from '../../../shared/model/new-vm/cloud-init'

/** What cloud-init will read, as it will be on the disc; a password is not shown. */
export function SeedFiles({ files }: { readonly files: readonly SeedFile[] }) {
  return (
    <div className="nv-seed">
      {files.map(({ name, text }) => (
        <section key={name} aria-label={name}>
          <h4 className="field-label">{name}</h4>
          <pre className="nv-seed-text selectable">{text}</pre>
        </section>
      ))}
    </div>
  )
}
