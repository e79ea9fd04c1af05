//! nginx or Apache inside a chroot, with a site in the shape that upstream's packages write.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::chroot::Chroot;
use crate::packages::HOST;

/// Which web server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Nginx,
    Apache,
}

/// A running web server, ended with the value.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: SocketAddr,
}

/// Upstream's site of 2023 and later, without encryption, prosody and what serves neither.
const NGINX: &str = r#"user www-data;
worker_processes 1;
error_log /var/log/nginx/error.log;
pid /run/nginx.pid;
events { worker_connections 64; }
http {
    include /etc/nginx/mime.types;
    access_log off;
    keepalive_requests 1000000000;
    keepalive_time 1d;
    server {
        listen 127.0.0.1:PORT;
        server_name HOST;
        set $config_js_location /etc/jitsi/meet/HOST-config.js;
        root /usr/share/jitsi-meet;
        ssi on;
        ssi_types application/x-javascript application/javascript;
        index index.html index.htm;
        error_page 404 /static/404.html;
        location = /config.js {
            alias $config_js_location;
        }
        location ~ ^/(libs|css|static|images|fonts|lang|sounds|.well-known)/(.*)$ {
            add_header 'Access-Control-Allow-Origin' '*';
            alias /usr/share/jitsi-meet/$1/$2;
            if ($arg_v) {
                expires 1y;
            }
        }
        location ~ ^/([^/?&:'"]+)$ {
            try_files $uri @root_path;
        }
        location @root_path {
            rewrite ^/(.*)$ / break;
        }
    }
}
"#;

const APACHE: &str = r#"ServerRoot /etc/apache2
ServerName HOST
Listen 127.0.0.1:PORT
PidFile /run/story.pid
Mutex file:/run default
User www-data
Group www-data
ErrorLog /var/log/apache2/story.log
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 600
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
LoadModule include_module /usr/lib/apache2/modules/mod_include.so
LoadModule negotiation_module /usr/lib/apache2/modules/mod_negotiation.so
TypesConfig /etc/mime.types
AddType text/html .html
<VirtualHost *:PORT>
    DocumentRoot "/usr/share/jitsi-meet"
    <Directory "/usr/share/jitsi-meet">
        Options Indexes MultiViews Includes FollowSymLinks
        AddOutputFilter Includes html
        AllowOverride None
        Require all granted
    </Directory>
    ErrorDocument 404 /static/404.html
    Alias "/config.js" "/etc/jitsi/meet/HOST-config.js"
    <Location /config.js>
        Require all granted
    </Location>
</VirtualHost>
"#;

impl Server {
    /// Starts one on a free port of this machine, and waits until it answers.
    pub(crate) fn start(chroot: &Chroot, kind: Kind) -> Self {
        Self::start_with(chroot, kind, |configuration| configuration)
    }

    /// The same with another configuration.
    pub(crate) fn start_with(chroot: &Chroot, kind: Kind, change: impl Fn(String) -> String) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let (program, text, arguments) = match kind {
            Kind::Nginx => ("nginx", NGINX, vec!["-c", "/etc/story.conf", "-g", "daemon off;"]),
            Kind::Apache => ("apache2", APACHE, vec!["-f", "/etc/story.conf", "-DFOREGROUND"]),
        };
        let text = change(text.replace("PORT", &port.to_string()).replace("HOST", HOST));
        chroot.write("etc/story.conf", &text);
        let mut command = chroot.command(program);
        let process = command.args(arguments).stdout(Stdio::null()).spawn().unwrap();
        let mut server = Server { process, address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)) };
        server.wait();
        server
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the web server does not answer");
            assert!(self.process.try_wait().unwrap().is_none(), "the web server did not start");
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends its workers itself when asked; the process is ours and not yet waited for.
        let pid = Pid::from_raw(self.process.id().cast_signed());
        let _ = pid.map(|pid| kill_process(pid, Signal::TERM));
        let _ = self.process.wait();
    }
}
