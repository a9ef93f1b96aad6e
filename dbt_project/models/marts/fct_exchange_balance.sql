with

stays as (
    select * from {{ ref('int_exchanges_described') }}
    where is_deciding
),

ends as (
    select
        school_year,
        from_school as school_code,
        1 as sent,
        0 as received,
        is_backbone,
        subject_group
    from stays
    union all
    select
        school_year,
        to_school as school_code,
        0 as sent,
        1 as received,
        is_backbone,
        subject_group
    from stays
),

final as (
    select
        school_year,
        school_code,
        cast(sum(sent) as integer) as sent,
        cast(sum(received) as integer) as received,
        {% for way in ['sent', 'received'] %}
        cast(sum(case when is_backbone then {{ way }} else 0 end) as integer) as backbone_{{ way }},
        cast(sum(case when subject_group in ('pe', 'arts') then {{ way }} else 0 end) as integer) as pe_arts_{{ way }},
        {% endfor %}
        cast(sum(case when is_backbone then received - sent else 0 end) as integer) as backbone_gain,
        cast(sum(case when subject_group in ('pe', 'arts') then received - sent else 0 end) as integer) as pe_arts_gain
    from ends
    group by school_year, school_code
)

select * from final
