import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { AccountMenu } from '../identity/AccountMenu';
import { HelpDialog } from './HelpDialog';
import { Wordmark } from './Wordmark';
import { useKeys } from './useKeys';
import { useTitle } from './useTitle';

export interface Crumb {
  words: string;
  href: string;
}

interface ShellProps {
  title: string;
  crumbs: readonly Crumb[];
  children: ReactNode;
}

/** Everything around a page of a signed-in person. */
export function Shell({ title, crumbs, children }: ShellProps) {
  const [helpOpen, setHelpOpen] = useState(false);
  useTitle(title);
  useKeys({ '?': () => setHelpOpen(true) });
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="top-bar">
        <Link href="/" className="home-link" aria-label="CineGit, your projects">
          <Wordmark />
        </Link>
        {crumbs.length > 0 && (
          <nav className="crumbs" aria-label="Where you are">
            <ol>
              {crumbs.map((crumb) => (
                <li key={crumb.href}>
                  <Link href={crumb.href}>{crumb.words}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <span className="spacer" />
        <button
          type="button"
          className="icon-button"
          aria-label="Keyboard help"
          title="Keyboard help (?)"
          onClick={() => setHelpOpen(true)}
        >
          ?
        </button>
        <AccountMenu />
      </header>
      <main id="content" className="page" tabIndex={-1}>
        {children}
      </main>
      {helpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </>
  );
}
