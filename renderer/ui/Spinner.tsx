import './spinner.css'

/** Drawn beside a text that says what is going on, hence hidden from screen readers. */
export function Spinner({ size = 16 }: { size?: number }) {
  return (
    <svg aria-hidden="true" className="spinner" width={size} height={size} viewBox="0 0 16 16" fill="none">
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="2" opacity="0.25" />
      <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
