{# Who is exchanged from the schools of a consortium in a year, and who of them inside it; null where nothing is known. #}

with

rates as (
    select * from {{ ref('fct_exchange_rate') }}
    where scope = 'consortium'
),

inside as (
    select
        scope_code,
        school_year,
        sum(teachers) as exchanged_inside,
        sum(case when from_group = 'lead' then teachers else 0 end) as lead_sent,
        sum(case when from_group = 'lead' then backbone_teachers else 0 end) as lead_sent_backbone,
        sum(case when to_group = 'lead' then teachers else 0 end) as lead_received
    from {{ ref('fct_exchange_flow') }}
    where scope = 'consortium'
        and group_kind = 'role'
        and from_group in ('lead', 'member')
        and to_group in ('lead', 'member')
    group by scope_code, school_year
),

final as (
    select
        rates.scope_code as consortium_code,
        rates.school_year,
        cast(rates.exchanged as integer) as exchanged,
    {% for column in ['exchanged_inside', 'lead_sent', 'lead_sent_backbone', 'lead_received'] %}
    case when rates.exchanged is not null then cast(coalesce(inside.{{ column }}, 0) as integer) end
            as {{ column }},
    {% endfor %}
    rates.exchange_rate
    from rates
    left join inside on rates.scope_code = inside.scope_code and rates.school_year = inside.school_year
)

select * from final
